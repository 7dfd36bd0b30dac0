export const ArticleRoute = () => null;
