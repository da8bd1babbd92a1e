import { IMAGE_FEATURES } from "../image";
import type { PictureColumn } from "../inputs";
import type { AttributeColumns } from "./attributes";
import type { Comparison } from "./comparison";
import type { FittedAttribute } from "./fitted";
import type { InternedAttribute } from "./interned";
import { lazy } from "./lazy";
import { NUMBER_FEATURES, numberLikeness } from "./number-likeness";
import { PICTURE_FEATURES, pictureLikeness, pictureProfiler } from "./picture-likeness";
import { CATEGORY_FEATURES, TEXT_FEATURES, textLikeness } from "./text-likeness";
import type { TextProfile } from "./text-profile";
import { checkVector, VECTOR_FEATURES, vectorLikeness } from "./vector-likeness";
import { whitener } from "./whitening";
import { idfOf } from "./word-weights";

type Fitted<Kind extends FittedAttribute["kind"]> = Extract<FittedAttribute, { kind: Kind }>;

const named = (attribute: string, features: readonly string[]): string[] =>
  features.map((feature) => `${attribute}.${feature}`);

export function compareTexts(
  fitted: Fitted<"text" | "categorical">,
  { name, interned }: InternedAttribute,
  profile: (value: number) => TextProfile,
): Comparison {
  const sides = { attribute: name, left: interned.left, right: interned.right };
  if (fitted.kind === "text") {
    return {
      ...sides,
      features: named(name, TEXT_FEATURES),
      compare: (a, b, out) => textLikeness(TEXT_FEATURES, profile(a), profile(b), out),
    };
  }
  const idf = idfOf(fitted.values);
  return {
    ...sides,
    features: named(name, [...CATEGORY_FEATURES, "equal_idf"]),
    compare(a, b, out) {
      const [left, right] = [profile(a), profile(b)];
      textLikeness(CATEGORY_FEATURES, left, right, out);
      out[CATEGORY_FEATURES.length] = left.folded === right.folded ? idf(left.folded) : 0;
    },
  };
}

export function compareNumbers(
  { name, knots }: Fitted<"numeric">,
  attribute: InternedAttribute & { as: "numeric" },
): Comparison {
  const { values, left, right } = attribute.interned;
  return {
    attribute: name,
    features: named(name, NUMBER_FEATURES),
    left,
    right,
    compare: (a, b, out) => numberLikeness(values[a], values[b], knots, out),
  };
}

export function comparePictures(
  { name, whitenings }: Fitted<"picture">,
  { left, right }: AttributeColumns & { as: "picture" },
): Comparison {
  const profileOf = pictureProfiler(whitenings);
  const profiles = ({ store }: PictureColumn) =>
    lazy((number) => profileOf(store.features.subarray(number * IMAGE_FEATURES, (number + 1) * IMAGE_FEATURES)));
  const lefts = profiles(left);
  const rights = left.store === right.store ? lefts : profiles(right);
  return {
    attribute: name,
    features: named(name, PICTURE_FEATURES),
    left: left.index,
    right: right.index,
    compare: (a, b, out) => pictureLikeness(lefts(a), rights(b), out),
  };
}

/** Every row's vectors are values of their own. */
export function compareVectors(
  { name, length, whitening }: Fitted<"vector">,
  { left, right }: AttributeColumns & { as: "vector" },
): Comparison {
  const whiten = whitener(whitening);
  const profile = (vector: Float32Array, side: number) => {
    checkVector(vector, length, { attribute: name, side });
    const whitened = new Float32Array(whitening.axes.length);
    whiten(vector, whitened);
    return { vector, whitened };
  };
  const rowsOf = (values: readonly (Float32Array | null)[]) =>
    Int32Array.from(values, (value, row) => (value === null ? -1 : row));
  return {
    attribute: name,
    features: named(name, VECTOR_FEATURES),
    left: rowsOf(left),
    right: rowsOf(right),
    compare(a, b, out) {
      const [one, other] = [left[a] as Float32Array, right[b] as Float32Array];
      vectorLikeness(profile(one, 2 * a), profile(other, 2 * b + 1), out);
    },
  };
}
