import { describe, expect, it } from "vitest";
import { fold, wordsOf } from "./words";

const words = (text: string, most = 100) => wordsOf(fold(text), most);

describe("folding", () => {
  it("unifies case, compatibility forms and European accents", () => {
    expect(fold("Ｃａｆé №5 ﬁne")).toBe("cafe no5 fine");
    expect(fold("CAFE\u0301")).toBe("cafe");
  });

  it("keeps marks that other scripts spell words with", () => {
    expect(fold("हिन्दी")).toBe("हिन्दी".normalize("NFKC"));
    expect(fold("한국어")).toBe("한국어");
  });
});

describe("words", () => {
  it("are runs of letters and digits in any script", () => {
    expect(words("Sony DSC-W80, 7.2MP")).toEqual(["sony", "dsc", "w80", "7", "2mp"]);
    expect(words("שלום עולם مرحبا")).toEqual(["שלום", "עולם", "مرحبا"]);
    expect(words("हिन्दी में")).toHaveLength(2);
    expect(words("!!! …")).toEqual([]);
  });

  it("are emoji, each on its own", () => {
    expect(words("red 🍎🍏 x")).toEqual(["red", "🍎", "🍏", "x"]);
  });

  it("are pairs of neighbours in scripts without spaces", () => {
    expect(words("東京国際空港")).toEqual(["東京", "京国", "国際", "際空", "空港"]);
    expect(words("水 ソニー")).toEqual(["水", "ソニ", "ニー"]);
  });

  it("end at the cap, and long ones are cut", () => {
    expect(words("a b c d", 2)).toEqual(["a", "b"]);
    expect(words("東京国際空港", 2)).toEqual(["東京", "京国"]);
    expect(words("x".repeat(1000))[0]).toHaveLength(48);
  });
});
