// The command palette: what is typed is asked of the server, arrows choose, Enter goes there.
import { finder } from "./finder.js";

const open = location.pathname.match(/^\/items\/([^/]+)$/)?.[1] ?? "";

export const show = finder("palette", (typed) => `/palette?${new URLSearchParams({ q: typed, open })}`);
