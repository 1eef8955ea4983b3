import { GroupedMap } from "../../../../provider/lifecycle/preflight/groupedMap";

interface Item {
  readonly color: string | undefined;
  readonly size?: number;
}

const byColor = ({ color }: Item): string | undefined => color;
const groupOf = (map: GroupedMap<Item>, color: string) => [...map.group(byColor, color).keys()];

it("a group contains the items with its key, in the order of their addition", () => {
  const map = new GroupedMap<Item>([
    ["b", { color: "red" }],
    ["a", { color: "red" }],
    ["c", { color: "blue" }],
  ]);
  expect(groupOf(map, "red")).toEqual(["b", "a"]);
});

it("a group contains items that are added after its first use", () => {
  const map = new GroupedMap<Item>([["a", { color: "red" }]]);
  groupOf(map, "red");
  map.set("b", { color: "red" });
  expect(groupOf(map, "red")).toEqual(["a", "b"]);
});

it("a replaced item keeps its place in its group", () => {
  const map = new GroupedMap<Item>([
    ["a", { color: "red", size: 1 }],
    ["b", { color: "red" }],
  ]);
  groupOf(map, "red");
  map.set("a", { color: "red", size: 2 });
  expect([...map.group(byColor, "red")]).toEqual([
    ["a", { color: "red", size: 2 }],
    ["b", { color: "red" }],
  ]);
});

it("an item without a key is in no group", () => {
  const map = new GroupedMap<Item>([["a", { color: undefined }]]);
  expect(groupOf(map, "undefined")).toEqual([]);
});

it("the key of an item is computed once", () => {
  const keyOf = jest.fn(byColor);
  const map = new GroupedMap<Item>([["a", { color: "red" }]]);
  map.group(keyOf, "red");
  map.group(keyOf, "blue");
  expect(keyOf).toHaveBeenCalledTimes(1);
});
