/** A stranger's table of ninety things: a number, a text, stars, a price in dollars, a secret, and a kind of three to predict. */
export const THINGS = [
  "nr,about,stars,price,secret,kind",
  ...Array.from(
    { length: 90 },
    (_, i) =>
      `${i},a ${["fine", "cheap", "small"][i % 3]} thing ${i % 7},${i % 5},$ ${i}.50,${(i * 7919) % 97},${"xyz"[i % 3]}`,
  ),
].join("\n");
