import { addOuter, multiplyPanel, packPanel } from "./gemm";

/*
 * Convolutions of 3 x 3 with a border of zeros. Pictures lie as lines of pixels of channels; an input has its border in
 * memory, (size + 2)² pixels, so that the patches of a line of pixels are three overlapping matrices and no copy of them
 * is made. Channels are multiples of four. A filter is 9 · inputs x outputs: by line, column and channel of the patch.
 */

/** Packs a filter into panels of eight outputs. `panels` takes 9 · inputs · outputs numbers, rounded up to whole panels. */
export function packFilter(filter: usize, inputs: i32, outputs: i32, panels: usize): void {
  const k = 9 * inputs;
  for (let from = 0; from < outputs; from += 8, panels += <usize>k << 5) {
    packPanel(filter, outputs, k, outputs, from, panels);
  }
}

/** The filter of the gradient with respect to the input: turned by half a turn, inputs and outputs exchanged. */
export function turnFilter(filter: usize, inputs: i32, outputs: i32, turned: usize): void {
  for (let tap = 0; tap < 9; tap++) {
    const from = filter + (<usize>(tap * inputs * outputs) << 2);
    const to = turned + (<usize>((8 - tap) * inputs * outputs) << 2);
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) {
        store<f32>(to + (<usize>(o * inputs + i) << 2), load<f32>(from + (<usize>(i * outputs + o) << 2)));
      }
    }
  }
}

/** Bordered pictures to pictures without border, by a packed filter. */
export function convolve(pictures: usize, count: i32, size: i32, inputs: i32, panels: usize, outputs: i32, out: usize): void {
  const line = (size + 2) * inputs;
  for (let picture = 0; picture < count; picture++) {
    let panel = panels;
    for (let from = 0; from < outputs; from += 8, panel += <usize>(9 * inputs) << 5) {
      const columns = outputs - from >= 8 ? 8 : 4;
      let to = out + (<usize>from << 2);
      let at = pictures;
      for (let y = 0; y < size; y++) {
        multiplyPanel(at, inputs, 3, 3 * inputs, line, panel, to, outputs, size, columns, false);
        at += <usize>line << 2;
        to += <usize>(size * outputs) << 2;
      }
    }
    pictures += <usize>((size + 2) * line) << 2;
    out += <usize>(size * size * outputs) << 2;
  }
}

/** gradient += what the filter's change does to the loss: `slopes` are the loss's by the outputs, bordered as the inputs. */
export function filterGradient(
  pictures: usize, slopes: usize, count: i32, size: i32, inputs: i32, outputs: i32, gradient: usize,
): void {
  const line = (size + 2) * inputs;
  const slopeLine = (size + 2) * outputs;
  for (let picture = 0; picture < count; picture++) {
    const inner = slopes + (<usize>(slopeLine + outputs) << 2);
    for (let y = 0; y < 3; y++) {
      for (let i = 0; i < 3 * inputs; i += 4) {
        const at = pictures + (<usize>(y * line + i) << 2);
        const own = gradient + (<usize>((y * 3 * inputs + i) * outputs) << 2);
        for (let o = 0; o < outputs; o += 8) {
          const shift = <usize>o << 2;
          addOuter(at, inputs, line, inner + shift, outputs, slopeLine, size, size, own + shift, outputs, outputs - o >= 8 ? 8 : 4);
        }
      }
    }
    pictures += <usize>((size + 2) * line) << 2;
    slopes += <usize>((size + 2) * slopeLine) << 2;
  }
}
