export const HomeRoute = () => null;
