export const ProfileRoute = () => null;
