export const LogInPage = () => null;
export const JoinPage = () => null;
