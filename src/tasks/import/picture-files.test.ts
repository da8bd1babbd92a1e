import { describe, expect, it } from "vitest";
import { createPictureFiles, withPictures } from "./picture-files";
import type { SourceTable } from "./source";

const PNG = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  (letter) => letter.charCodeAt(0),
);
/** Pictures of other bytes, all of which a page can show: what comes after a PNG's end is nothing. */
const picture = (n: number): Uint8Array => Uint8Array.of(...PNG, n);

function given(...paths: string[]) {
  const files = createPictureFiles();
  files.add(paths.map((path, n) => ({ path, bytes: picture(n) })));
  return files;
}

const table = (values: (string | null)[]): SourceTable => ({
  role: "train",
  file: "train.csv",
  how: "CSV",
  rows: values.length,
  columns: [
    { kind: "string", name: "photo", values },
    { kind: "string", name: "words", values: values.map(() => "a picture like 1.png") },
  ],
  lines: Uint32Array.from(values, (_, row) => row + 2),
  badRows: [],
  notes: [],
});

describe("a picture file", () => {
  it.each([
    ["1.png", "1.png"],
    ["1.png", "shop/images/1.png"],
    ["images/1.png", "shop/images/1.png"],
    ["./images/1.png", "images/1.png"],
    ["/data/shop/images/1.png", "images/1.png"],
    ["images\\1.PNG", "images/1.png"],
    [" images/1.png ", "elsewhere/1.png"],
  ])("is named by %s where it lies at %s", (value, path) => {
    expect(given("other.png", path).find(value)).toMatchObject({ bytes: picture(1) });
  });

  it("is told from others of its name by its folder, or not at all", () => {
    const files = given("cats/1.png", "dogs/1.png");
    expect(files.find("dogs/1.png")).toMatchObject({ bytes: picture(1) });
    expect(files.find("all/dogs/1.png")).toMatchObject({ bytes: picture(1) });
    expect(files.find("1.png")).toEqual({ problem: "could be any of 2 files of that name" });
    expect(files.find("birds/1.png")).toEqual({ problem: "is not among the files" });
    expect(files.find("2.png")).toEqual({ problem: "is not among the files" });
  });

  it("of another folder is not taken for one that is missing, where folders tell files apart", () => {
    const files = given("cats/1.png", "dogs/1.png", "dogs/2.png");
    expect(files.find("cats/2.png")).toEqual({ problem: "is not among the files" });
    expect(files.find("2.png")).toMatchObject({ bytes: picture(2) });
  });

  it("that comes again is the newer one", () => {
    const files = given("a/1.png");
    files.add([{ path: "a/1.png", bytes: picture(9) }]);
    expect(files.count).toBe(1);
    expect(files.find("1.png")).toMatchObject({ bytes: picture(9) });
  });

  it("is refused where all are too large together", () => {
    const files = given("1.png");
    const large = { path: "2.png", bytes: { length: 400_000_000 } as Uint8Array };
    expect(() => files.add([large])).toThrow("2 pictures are larger than 400 MB together");
    expect(files.count).toBe(1);
  });
});

describe("a column of names", () => {
  it("becomes one of pictures, equal where they are; the others stay", () => {
    const files = createPictureFiles();
    files.add([
      { path: "1.png", bytes: picture(1) },
      { path: "2.png", bytes: picture(1) },
      { path: "3.png", bytes: picture(3) },
    ]);
    const { columns, notes } = withPictures(table(["1.png", "2.png", null, "3.png", ""]), files);
    const [photo, words] = columns;
    expect(photo.values[0]).toBe(photo.values[1]);
    expect(photo.values[3]).not.toBe(photo.values[0]);
    expect([photo.values[2], photo.values[4]]).toEqual([null, null]);
    expect(photo.pictures?.get(String(photo.values[3]))).toEqual(picture(3));
    expect(words).toMatchObject({ kind: "string", name: "words" });
    expect(words.pictures).toBeUndefined();
    expect(notes).toEqual([
      { kind: "note", text: '"photo" in train.csv names 3 pictures among the files', file: "train.csv" },
    ]);
  });

  it("tells the lines of those that are not there, and of those that are none", () => {
    const files = given("1.png", "2.png", "3.png");
    files.add([{ path: "4.png", bytes: PNG.subarray(0, 40) }]);
    const { notes } = withPictures(table(["1.png", "2.png", "3.png", "4.png", "5.png"]), files);
    expect(notes[1]).toMatchObject({ kind: "warning" });
    expect(notes[1].text).toMatch(
      /^2 pictures of "photo" in train\.csv count as missing: line 5 \(4\.png cannot be shown: .+\) and line 6 \(5\.png is not among the files\)$/,
    );
  });

  it("stays where most of what it names is not there, or it is no column of names", () => {
    const few = table(["1.png", "7.png", "8.png"]);
    expect(withPictures(few, given("1.png"))).toBe(few);
    const words = table(["a thing", "1.png", "another"]);
    expect(withPictures(words, given("1.png"))).toBe(words);
  });
});
