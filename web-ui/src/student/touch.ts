/** When somebody last touched this page, for the idle guard and for the teacher's live view. */
let last = Date.now();

const touched = () => {
  last = Date.now();
};

for (const kind of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) {
  addEventListener(kind, touched, { passive: true, capture: true });
}

export function sinceTouch(): number {
  return Date.now() - last;
}

/** A new person sits down. */
export function startTouch(): void {
  touched();
}
