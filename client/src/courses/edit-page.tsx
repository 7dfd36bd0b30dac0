export const CourseEditPage = () => null;
