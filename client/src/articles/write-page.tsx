export const WritePage = () => null;
