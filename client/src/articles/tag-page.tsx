export const TagRoute = () => null;
