export { fetchPage } from "./pages/pages";
export { Root } from "./pages/Root";
export { AppContext } from "./pages/useApp";
export { applyTheme, themeChoice } from "./parts/theme";
