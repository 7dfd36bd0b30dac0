export const CourseRoute = () => null;
