export { SearchPanel } from "./Search";
