/** What a typed array needs to stand in a kernel's memory. */
type Numbers = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;
type Constructor<A extends Numbers> = {
  new (buffer: ArrayBuffer, offset: number, length: number): A;
  readonly BYTES_PER_ELEMENT: number;
};

const PAGE = 65_536;
/** Of WebAssembly's 32-bit addresses. */
const MOST_PAGES = 65_536;

/**
 * The linear memory of one computation with kernels. Arrays are laid one after the other and never freed: the memory goes
 * when the computation does. `view` makes a typed array anew, since growing the memory detaches every earlier one.
 */
export class KernelMemory {
  readonly memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES });
  // The first bytes stay free: a pointer of 0 is "none".
  private end = 64;

  /** Room for `length` numbers, at an address that SIMD likes. @throws RangeError when the memory cannot grow */
  room<A extends Numbers>(type: Constructor<A>, length: number): number {
    const at = this.end;
    this.end += Math.ceil((length * type.BYTES_PER_ELEMENT + 64) / 64) * 64; // one vector may be read past the end
    const pages = Math.ceil(this.end / PAGE) - this.memory.buffer.byteLength / PAGE;
    if (pages > 0) this.memory.grow(pages);
    return at;
  }

  view<A extends Numbers>(type: Constructor<A>, at: number, length: number): A {
    return new type(this.memory.buffer as ArrayBuffer, at, length);
  }

  /** Puts a copy of the numbers there. */
  put<A extends Numbers>(values: A): number {
    const type = values.constructor as unknown as Constructor<A>;
    const at = this.room(type, values.length);
    this.view(type, at, values.length).set(values);
    return at;
  }

  /** The functions of a compiled kernel, working on this memory. */
  kernel<F>(base64: string): F {
    return new WebAssembly.Instance(moduleOf(base64), { env: { memory: this.memory } }).exports as F;
  }
}

const modules = new Map<string, WebAssembly.Module>();

/** Compiled once. */
function moduleOf(base64: string): WebAssembly.Module {
  let compiled = modules.get(base64);
  if (!compiled) {
    compiled = new WebAssembly.Module(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
    modules.set(base64, compiled);
  }
  return compiled;
}
