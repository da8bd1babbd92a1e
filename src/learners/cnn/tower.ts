import type { Random } from "../../base";
import type { Address } from "../kernels/nets";
import type { NetContext } from "../nets/head";
import type { Block } from "../nets/parameters";

/** A stage without what training needs: filter 9 · inputs x outputs (line, column, channel), factor and offset a channel. */
export interface StageWeights {
  inputs: number;
  outputs: number;
  filter: Float32Array;
  scale: Float32Array;
  shift: Float32Array;
}

interface Stage {
  size: number;
  inputs: number;
  outputs: number;
  filter: Block;
  gamma: Block;
  beta: Block;
  /** Running moments. They lie among the parameters to be kept and restored with them; their gradient stays 0. */
  mean: Block;
  variance: Block;
  /** Bordered inputs; outputs of the convolution, pooled; and the slopes by the outputs, bordered. */
  x: Address;
  y: Address;
  pooled: Address;
  slopes: Address;
  /** The slopes by the rectified outputs. */
  outSlopes: Address;
  panels: Address;
  turned: Address;
  turnedPanels: Address;
  batchMean: Address;
  batchVariance: Address;
  inverse: Address;
  scale: Address;
  shift: Address;
}

/** Channels of a painted picture: how far from white, and alpha. */
const PAINTED = 4;

const VARIANCE_FLOOR = 1e-5;

/** The weight of a batch in the running moments; the first batches count alike. */
const MOMENTUM = 0.05;

/**
 * Stages of convolution 3 x 3, the largest of 2 x 2 (before the normalisation, which then has a quarter of the work), batch
 * normalisation and rectifier; then the mean over the pixels that are left.
 */
export class Tower {
  /** Numbers a picture. */
  readonly width: number;
  /** The pooled features, pictures x width; the caller writes the slopes by them. */
  readonly features: Address;
  readonly featureSlopes: Address;
  private readonly stages: Stage[];
  private readonly last: Address;
  private readonly lastPixels: number;
  private readonly picture: Address;
  private batches = 0;

  /** At most `most` pictures at a time. */
  constructor(
    private readonly net: NetContext,
    private readonly size: number,
    channels: readonly number[],
    most: number,
  ) {
    const { memory } = net;
    this.stages = channels.map((outputs, i) =>
      this.stage(size / 2 ** i, i === 0 ? PAINTED : channels[i - 1], outputs, most),
    );
    this.width = channels[channels.length - 1];
    this.lastPixels = (size / 2 ** channels.length) ** 2;
    this.last = memory.room(Float32Array, most * this.lastPixels * this.width);
    this.features = memory.room(Float32Array, most * this.width);
    this.featureSlopes = memory.room(Float32Array, most * this.width);
    this.picture = memory.room(Uint8Array, size * size * 4);
  }

  private stage(size: number, inputs: number, outputs: number, most: number): Stage {
    const { memory, parameters } = this.net;
    const room = (length: number) => memory.room(Float32Array, length);
    const panels = (from: number, to: number) => room(9 * from * Math.ceil(to / 8) * 8);
    return {
      size,
      inputs,
      outputs,
      filter: parameters.declare(9 * inputs * outputs, true),
      gamma: parameters.declare(outputs, false),
      beta: parameters.declare(outputs, false),
      mean: parameters.declare(outputs, false),
      variance: parameters.declare(outputs, false),
      x: room(most * (size + 2) ** 2 * inputs),
      y: room(most * size ** 2 * outputs),
      pooled: room(most * (size / 2) ** 2 * outputs),
      slopes: room(most * (size + 2) ** 2 * outputs),
      outSlopes: room(most * (size / 2) ** 2 * outputs),
      panels: panels(inputs, outputs),
      turned: room(9 * inputs * outputs),
      turnedPanels: panels(outputs, inputs),
      batchMean: room(outputs),
      batchVariance: room(outputs),
      inverse: room(outputs),
      scale: room(outputs),
      shift: room(outputs),
    };
  }

  initialise(random: Random): void {
    const { parameters } = this.net;
    for (const { filter, gamma, inputs } of this.stages) {
      parameters.randomise(filter, Math.sqrt(6 / (9 * inputs)), random);
      parameters.view(gamma).fill(1);
    }
  }

  /** Makes picture `slot` of the batch of these bytes, moved by (dx, dy) pixels. */
  paint(slot: number, pixels: Uint8Array, dx: number, dy: number): void {
    const { memory, kernels } = this.net;
    memory.view(Uint8Array, this.picture, pixels.length).set(pixels);
    const own = this.stages[0].x + slot * (this.size + 2) ** 2 * PAINTED * 4;
    kernels.paint(this.picture, this.size, dx, dy, own);
  }

  /** Normalised by the moments of the batch (and the running ones learn of them), or by `scale` and `shift` as they stand. */
  forward(count: number, training: boolean): void {
    const { kernels, parameters } = this.net;
    this.stages.forEach((stage, i) => {
      const { size, inputs, outputs, x, y, pooled, panels } = stage;
      kernels.packFilter(parameters.at(stage.filter), inputs, outputs, panels);
      kernels.convolve(x, count, size, inputs, panels, outputs, y);
      kernels.pool(y, count, size, outputs, pooled);
      if (training) this.normaliseByBatch(stage, count);
      const next = this.stages[i + 1];
      const out = next ? next.x : this.last;
      kernels.scaleRectify(pooled, count, size / 2, outputs, stage.scale, stage.shift, out, next ? 1 : 0);
    });
    if (training) this.batches++;
    kernels.averagePixels(this.last, count, this.lastPixels, this.width, this.features);
  }

  private normaliseByBatch(stage: Stage, count: number): void {
    const { kernels, memory, parameters } = this.net;
    const { outputs, batchMean, batchVariance } = stage;
    kernels.moments(stage.pooled, count * (stage.size / 2) ** 2, outputs, batchMean, batchVariance);
    const mean = memory.view(Float32Array, batchMean, outputs);
    const variance = memory.view(Float32Array, batchVariance, outputs);
    const weight = Math.max(MOMENTUM, 1 / (this.batches + 1));
    const running = { mean: parameters.view(stage.mean), variance: parameters.view(stage.variance) };
    for (let c = 0; c < outputs; c++) {
      running.mean[c] += weight * (mean[c] - running.mean[c]);
      running.variance[c] += weight * (variance[c] - running.variance[c]);
    }
    this.normaliseBy(stage, mean, variance);
  }

  private normaliseBy(stage: Stage, mean: Float32Array, variance: Float32Array): void {
    const { memory, parameters } = this.net;
    const inverse = memory.view(Float32Array, stage.inverse, stage.outputs);
    const scale = memory.view(Float32Array, stage.scale, stage.outputs);
    const shift = memory.view(Float32Array, stage.shift, stage.outputs);
    const gamma = parameters.view(stage.gamma);
    const beta = parameters.view(stage.beta);
    for (let c = 0; c < stage.outputs; c++) {
      inverse[c] = 1 / Math.sqrt(variance[c] + VARIANCE_FLOOR);
      scale[c] = gamma[c] * inverse[c];
      shift[c] = beta[c] - mean[c] * scale[c];
    }
  }

  /** Sets `scale` and `shift` by the running moments: what predictions are made with. */
  normaliseByRunning(): void {
    const { parameters } = this.net;
    for (const stage of this.stages) {
      this.normaliseBy(stage, parameters.view(stage.mean), parameters.view(stage.variance));
    }
  }

  /** Adds to the gradient what `featureSlopes` say. After `forward` in training with the same count. */
  backward(count: number): void {
    const { kernels, parameters } = this.net;
    const end = this.stages[this.stages.length - 1];
    kernels.spreadPixels(this.featureSlopes, count, this.lastPixels, this.width, end.outSlopes);
    for (let i = this.stages.length - 1; i >= 0; i--) {
      const stage = this.stages[i];
      const { size, inputs, outputs, pooled, slopes, outSlopes, turned, turnedPanels } = stage;
      kernels.normaliseSlopes(
        outSlopes,
        pooled,
        count * (size / 2) ** 2,
        outputs,
        stage.batchMean,
        stage.inverse,
        stage.scale,
        stage.shift,
        parameters.gradientAt(stage.gamma),
        parameters.gradientAt(stage.beta),
      );
      kernels.unpool(outSlopes, pooled, stage.y, count, size, outputs, slopes);
      kernels.filterGradient(stage.x, slopes, count, size, inputs, outputs, parameters.gradientAt(stage.filter));
      if (i === 0) continue;
      kernels.turnFilter(parameters.at(stage.filter), inputs, outputs, turned);
      kernels.packFilter(turned, outputs, inputs, turnedPanels);
      kernels.convolve(slopes, count, size, outputs, turnedPanels, inputs, this.stages[i - 1].outSlopes);
    }
  }

  /** With the normalisation of predictions folded to a factor and an offset. */
  read(): StageWeights[] {
    const { memory, parameters } = this.net;
    this.normaliseByRunning();
    return this.stages.map(({ inputs, outputs, filter, scale, shift }) => ({
      inputs,
      outputs,
      filter: parameters.view(filter).slice(),
      scale: memory.view(Float32Array, scale, outputs).slice(),
      shift: memory.view(Float32Array, shift, outputs).slice(),
    }));
  }

  write(stages: readonly StageWeights[]): void {
    const { memory, parameters } = this.net;
    this.stages.forEach(({ outputs, filter, scale, shift }, i) => {
      parameters.view(filter).set(stages[i].filter);
      memory.view(Float32Array, scale, outputs).set(stages[i].scale);
      memory.view(Float32Array, shift, outputs).set(stages[i].shift);
    });
  }
}
