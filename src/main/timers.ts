/** Calls something after so many ms; returns how to call it off. */
export function after(ms: number, what: () => void): () => void {
  const timer = setTimeout(what, ms);
  return () => {
    clearTimeout(timer);
  };
}

/** Calls something every so many ms; returns how to stop it. */
export function every(ms: number, what: () => void): () => void {
  const timer = setInterval(what, ms);
  return () => {
    clearInterval(timer);
  };
}

/** Calls something once for all that asks for it in one go. */
export function oncePerTurn(what: () => void): () => void {
  let pending = false;
  return () => {
    if (pending) return;
    pending = true;
    setImmediate(() => {
      pending = false;
      what();
    });
  };
}
