/**
 * Adam with decoupled decay (Kingma and Ba 2015; Loshchilov and Hutter 2019); clears the gradient. `count` is a multiple of four. `rate` carries the
 * correction of both moments: rate · sqrt(1 - beta2^t) / (1 - beta1^t); `decay` is rate · weight decay.
 */
export function adam(
  weights: usize, gradient: usize, first: usize, second: usize, count: i32,
  rate: f32, beta1: f32, beta2: f32, epsilon: f32, decay: f32,
): void {
  const b1 = f32x4.splat(beta1), c1 = f32x4.splat(1 - beta1);
  const b2 = f32x4.splat(beta2), c2 = f32x4.splat(1 - beta2);
  const step = f32x4.splat(rate), small = f32x4.splat(epsilon), keep = f32x4.splat(1 - decay);
  for (let at: usize = 0, end = <usize>count << 2; at < end; at += 16) {
    const g = v128.load(gradient + at);
    const m = f32x4.add(f32x4.mul(b1, v128.load(first + at)), f32x4.mul(c1, g));
    const v = f32x4.add(f32x4.mul(b2, v128.load(second + at)), f32x4.mul(c2, f32x4.mul(g, g)));
    v128.store(first + at, m);
    v128.store(second + at, v);
    const move = f32x4.div(f32x4.mul(step, m), f32x4.add(f32x4.sqrt(v), small));
    v128.store(weights + at, f32x4.sub(f32x4.mul(keep, v128.load(weights + at)), move));
    v128.store(gradient + at, f32x4.splat(0));
  }
}
