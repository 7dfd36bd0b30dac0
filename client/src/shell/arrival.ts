let pending = false;

/** A navigation inside the site began: the next page takes the focus. */
export const depart = (): void => {
  pending = true;
};

/** Whether the page shown now was just navigated to; true once for each navigation. */
export const arrived = (): boolean => {
  const was = pending;
  pending = false;
  return was;
};
