/* Watches one picture in the page: when it changes, when it is blank, and how high its cell is.

   A frame counts when it can be seen: the picture, whatever element shows it, is looked at in every animation frame.
*/
(() => {
  const SIDE = 128; // the picture is looked at in so many by so many pixels
  const screen = new OffscreenCanvas(SIDE, SIDE);
  const context = screen.getContext("2d", { willReadFrequently: true });

  const shown = (cell) => [...cell.querySelectorAll(".jp-OutputArea-output canvas, .jp-OutputArea-output img")].at(-1);

  /** A number for what is seen; 0 for nothing, or one colour alone. */
  function look(cell) {
    const picture = shown(cell);
    if (!picture || picture.naturalWidth === 0 || picture.width < 2) return 0;
    context.clearRect(0, 0, SIDE, SIDE);
    context.drawImage(picture, 0, 0, SIDE, SIDE);
    const pixels = new Uint32Array(context.getImageData(0, 0, SIDE, SIDE).data.buffer);
    let hash = 2166136261;
    let flat = true;
    for (const pixel of pixels) {
      hash = Math.imul(hash ^ pixel, 16777619);
      flat &&= pixel === pixels[0];
    }
    return flat ? 0 : hash >>> 0 || 1;
  }

  window.probe = {
    watch(cell) {
      this.stop();
      Object.assign(this, { cell, changes: [], events: [], late: 0, blanks: 0, heights: new Set(), last: look(cell) });
      const off = new AbortController();
      let moved = false; // in the present frame of the page
      const note = (event) => {
        this.events.push(event.timeStamp);
        this.late = 0;
        moved = true;
      };
      for (const kind of ["keydown", "pointerdown", "pointermove"]) {
        window.addEventListener(kind, (event) => (kind !== "pointermove" || event.buttons) && note(event), { capture: true, signal: off.signal });
      }
      const frame = () => {
        if (off.signal.aborted) return;
        const now = performance.now();
        const seen = look(cell); // takes its time, which is not the picture's
        if (!seen) this.blanks += 1;
        else if (seen !== this.last) {
          this.changes.push(now);
          this.last = seen;
          this.late += moved ? 0 : 1;
        }
        moved = false;
        this.heights.add(Math.round(cell.getBoundingClientRect().height));
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
      this.off = off;
    },
    stop() {
      this.off?.abort();
    },
    clear() {
      Object.assign(this, { changes: [], events: [], late: 0 });
    },
    /**
     * All movements of the hand and all changes since the recording was cleared. `late` counts the changes after the
     * page's frame in which the last movement came.
     */
    read() {
      return { changes: this.changes, events: this.events, late: this.late, blanks: this.blanks, heights: [...this.heights] };
    },
  };
})();
