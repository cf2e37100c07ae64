/** The nonce of this answer, which style tags made at run time must carry; the server put it into the page. */
const found = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// What locks scrolling behind dialogs reads it under this name.
(globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = found;

export const nonce = () => found;
