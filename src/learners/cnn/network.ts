import { createRandom, type Random } from "../../base";
import { KernelMemory } from "../kernels/memory";
import { type Address, type NetKernels, netKernels } from "../kernels/nets";
import { type Dropping, Head, type HeadWeights, type NetContext } from "../nets/head";
import { Parameters } from "../nets/parameters";
import type { Trainee } from "../nets/train";
import { type PictureTensor, seenPictures } from "./pictures";
import { type RowShape, relate, relateSlopes, rowWidth } from "./relate";
import { type StageWeights, Tower } from "./tower";

export interface CnnShape {
  /** Pixels a side, and picture columns a row. */
  size: number;
  columns: number;
  channels: number[];
  hidden: number[];
  classes: number;
}

export interface CnnWeights {
  stages: StageWeights[];
  head: HeadWeights;
}

export interface CnnRates {
  rate: number;
  decay: number;
  /** Of the pooled features and of hidden units. */
  dropout: number;
  smoothing: number;
  /** Pixels that a picture is moved by at most. */
  move: number;
}

/** The tower over the distinct pictures of a batch, and the head over its rows. */
export class CnnNetwork implements Trainee {
  readonly rowShape: RowShape;
  private readonly memory = new KernelMemory();
  private readonly kernels: NetKernels = netKernels(this.memory);
  readonly parameters = new Parameters(this.memory, this.kernels);
  readonly tower: Tower;
  private readonly head: Head;
  private readonly labels: Address;
  private readonly seen: Uint8Array;
  private readonly slots: Int32Array;
  private kept: Float32Array | undefined;

  constructor(
    private readonly shape: CnnShape,
    private readonly pictures: PictureTensor,
    readonly most: number,
    private readonly training?: { labels: Int32Array; rates: CnnRates },
  ) {
    const net: NetContext = { memory: this.memory, kernels: this.kernels, parameters: this.parameters };
    this.tower = new Tower(net, shape.size, shape.channels, most * shape.columns);
    this.rowShape = { width: this.tower.width, columns: shape.columns };
    const { hidden, classes } = shape;
    this.head = new Head(net, { inputs: rowWidth(this.rowShape), hidden, classes }, most);
    this.labels = this.memory.room(Int32Array, most);
    this.parameters.place(training !== undefined);
    this.seen = seenPictures(pictures);
    this.slots = new Int32Array(most * shape.columns);
  }

  initialise(random: Random, priors: ArrayLike<number>): void {
    this.tower.initialise(random);
    this.head.initialise(random, priors);
  }

  step(rows: Int32Array, pace: number, seed: number): void {
    const { rates } = this.fitted();
    const pictures = this.forwardTraining(rows, seed);
    this.backward(rows, seed, pictures);
    this.parameters.step(rates.rate * pace, rates.decay);
  }

  private fitted() {
    if (!this.training) throw new Error("a network that is not trained");
    return this.training;
  }

  private dropping(seed: number): Dropping {
    const { dropout } = this.fitted().rates;
    return { inputs: dropout, hidden: dropout, seed };
  }

  /** With moved pictures, the batch's own moments and dropout. Returns the number of distinct pictures. */
  forwardTraining(rows: Int32Array, seed: number): number {
    const { move } = this.fitted().rates;
    const random = createRandom(seed);
    const moved = () => Math.floor(random() * (2 * move + 1)) - move;
    const pictures = this.load(rows, (slot, pixels) => this.tower.paint(slot, pixels, moved(), moved()));
    this.tower.forward(pictures, true);
    this.toHead(rows.length, pictures);
    this.head.forward(rows.length, this.dropping(seed));
    return pictures;
  }

  /** After `forwardTraining` with the same rows and seed: adds to the gradient of the mean loss. */
  backward(rows: Int32Array, seed: number, pictures: number): void {
    const { labels, rates } = this.fitted();
    const own = this.memory.view(Int32Array, this.labels, rows.length);
    for (let i = 0; i < rows.length; i++) own[i] = labels[rows[i]];
    this.head.backward(rows.length, this.labels, rates.smoothing, this.dropping(seed));
    this.toTower(rows.length, pictures);
    this.tower.backward(pictures);
  }

  /** Gives every distinct picture of the rows a slot, in the order of their first showing. Returns how many. */
  private load(rows: Int32Array, paint: (slot: number, pixels: Uint8Array) => void): number {
    const { index, columns, pixels, size } = this.pictures;
    const bytes = size * size * 4;
    const slotOf = new Map<number, number>();
    for (let i = 0; i < rows.length; i++) {
      for (let column = 0; column < columns; column++) {
        const picture = index[rows[i] * columns + column];
        let slot = -1;
        if (picture >= 0 && this.seen[picture] === 1) {
          slot = slotOf.get(picture) ?? slotOf.size;
          if (slot === slotOf.size) {
            slotOf.set(picture, slot);
            paint(slot, pixels.subarray(picture * bytes, (picture + 1) * bytes));
          }
        }
        this.slots[i * columns + column] = slot;
      }
    }
    return slotOf.size;
  }

  private toHead(rows: number, count: number): void {
    const features = this.memory.view(Float32Array, this.tower.features, count * this.tower.width);
    this.relateAll(rows, features, this.slots);
  }

  private relateAll(rows: number, features: Float32Array, slots: Int32Array): void {
    const width = rowWidth(this.rowShape);
    const { columns } = this.rowShape;
    const inputs = this.memory.view(Float32Array, this.head.inputs, rows * width);
    for (let i = 0; i < rows; i++) {
      const own = slots.subarray(i * columns, (i + 1) * columns);
      relate(this.rowShape, features, own, inputs.subarray(i * width, (i + 1) * width));
    }
  }

  private toTower(rows: number, count: number): void {
    const width = rowWidth(this.rowShape);
    const { columns } = this.rowShape;
    const features = this.memory.view(Float32Array, this.tower.features, count * this.tower.width);
    const slopes = this.memory.view(Float32Array, this.head.inputSlopes, rows * width);
    const out = this.memory.view(Float32Array, this.tower.featureSlopes, count * this.tower.width).fill(0);
    for (let i = 0; i < rows; i++) {
      const own = this.slots.subarray(i * columns, (i + 1) * columns);
      relateSlopes(this.rowShape, features, own, slopes.subarray(i * width, (i + 1) * width), out);
    }
  }

  predict(rows: Int32Array): Float32Array {
    this.tower.normaliseByRunning();
    const count = this.load(rows, (slot, pixels) => this.tower.paint(slot, pixels, 0, 0));
    this.tower.forward(count, false);
    this.toHead(rows.length, count);
    this.head.forward(rows.length);
    return this.probabilities(rows.length);
  }

  /** The features of pictures `from` to `to` of the tensor; 0 for empty ones. At most `most` times columns. */
  embed(from: number, to: number): Float32Array {
    const bytes = this.pictures.size ** 2 * 4;
    for (let picture = from; picture < to; picture++) {
      const pixels = this.pictures.pixels.subarray(picture * bytes, (picture + 1) * bytes);
      this.tower.paint(picture - from, pixels, 0, 0);
    }
    this.tower.forward(to - from, false);
    const { width } = this.tower;
    const features = this.memory.view(Float32Array, this.tower.features, (to - from) * width).slice();
    for (let picture = from; picture < to; picture++) {
      if (this.seen[picture] === 0) features.fill(0, (picture - from) * width, (picture - from + 1) * width);
    }
    return features;
  }

  /** Probabilities of the rows from..to, given the features of all pictures. */
  predictFrom(features: Float32Array, from: number, to: number): Float32Array {
    const { columns, index } = this.pictures;
    const slots = index.slice(from * columns, to * columns);
    for (let i = 0; i < slots.length; i++) if (slots[i] >= 0 && this.seen[slots[i]] === 0) slots[i] = -1;
    this.relateAll(to - from, features, slots);
    this.head.forward(to - from);
    return this.probabilities(to - from);
  }

  /** What the way forward came to, rows x classes. */
  probabilities(rows: number): Float32Array {
    const { width } = this.head;
    const { classes } = this.shape;
    const all = this.memory.view(Float32Array, this.head.probabilities, rows * width);
    return width === classes ? all.slice() : all.filter((_, i) => i % width < classes);
  }

  save(): void {
    this.kept = this.parameters.read();
  }

  restore(): void {
    if (this.kept) this.parameters.write(this.kept);
    this.kept = undefined;
  }

  temper(temperature: number): void {
    this.head.temper(temperature);
  }

  read(): CnnWeights {
    return { stages: this.tower.read(), head: this.head.read() };
  }

  write({ stages, head }: CnnWeights): void {
    this.tower.write(stages);
    this.head.write(head);
  }
}
