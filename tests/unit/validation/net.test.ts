import fc from "fast-check";

import {
  addressAndMask,
  canonicalAddress,
  ipVersion,
  isAddress,
  isCidr,
  isHostName,
  isIpv4,
  isIpv6,
  isNetwork,
  isPeerId,
  isPrivateAddress,
  isPeerIdOfK5,
  maskedCidr,
  overlap,
} from "../../../provider/validation/net";

describe("isIpv4", () => {
  it.each(["0.0.0.0", "203.0.113.1", "255.255.255.255"])("accepts %s", (text) => {
    expect(isIpv4(text)).toBe(true);
  });

  it.each(["", "10.1", "010.0.0.1", "1.2.3.256", "0x7f.0.0.1", "1.2.3.4.", "1.2.3.4/32", "::1"])(
    "refuses %j",
    (text) => {
      expect(isIpv4(text)).toBe(false);
    },
  );
});

describe("isIpv6", () => {
  it.each(["::", "::1", "2001:DB8::1", "2001:db8:0:0:0:0:0:1", "::ffff:203.0.113.1"])(
    "accepts %s",
    (text) => {
      expect(isIpv6(text)).toBe(true);
    },
  );

  it.each(["", "1", "fe80::1%eth0", "2001:db8::1::2", "2001:db8::g", "[::1]", "::1/64"])(
    "refuses %j",
    (text) => {
      expect(isIpv6(text)).toBe(false);
    },
  );
});

it("isAddress accepts addresses of both IP versions and refuses a host name", () => {
  expect(["203.0.113.1", "::1", "vpn.example.org"].map(isAddress)).toEqual([true, true, false]);
});

describe("isHostName", () => {
  it.each(["localhost", "vpn.example.org", "vpn.example.org.", "3com.com", "a-b.c", "1.2.3.x"])(
    "accepts %s",
    (text) => {
      expect(isHostName(text)).toBe(true);
    },
  );

  it.each(["vpn.x1", "vpn.1x", "vpn.a0x1f", "vpn.0x1g"])(
    "accepts %s, whose last label only resembles a number",
    (text) => {
      expect(isHostName(text)).toBe(true);
    },
  );

  it("accepts a name of 253 characters", () => {
    expect(isHostName(`${"a.".repeat(126)}b`)).toBe(true);
  });

  it.each([
    ["an empty string", ""],
    ["a broken address", "10.1.2.300"],
    ["an address in hexadecimal", "0x7f000001"],
    ["a partly hexadecimal address", "127.0X1"],
    ["a hexadecimal number", "0x7f"],
    ["a hexadecimal number without digits", "vpn.0x"],
    ["a hexadecimal number in capitals", "10.0X1F"],
    ["an empty label", "vpn..example.org"],
    ["a label that begins with a hyphen", "-vpn.example.org"],
    ["an underscore", "my_vpn.example.org"],
    ["a space", "vpn example.org"],
    ["a label over 63 characters", `${"a".repeat(64)}.org`],
    ["a name over 253 characters", `${"a.".repeat(130)}org`],
  ])("refuses %s", (_what, text) => {
    expect(isHostName(text)).toBe(false);
  });
});

describe("isCidr", () => {
  it.each(["10.2.0.0/24", "10.2.0.5/24", "0.0.0.0/0", "10.0.0.1/32", "2001:db8::/32", "::1/128"])(
    "accepts %s",
    (text) => {
      expect(isCidr(text)).toBe(true);
    },
  );

  it.each(["10.2.0.0", "10.2.0.0/", "10.2.0.0/33", "10.2.0.0/024", "10.2.0.0/24/1", "10.2.0/24"])(
    "refuses %s",
    (text) => {
      expect(isCidr(text)).toBe(false);
    },
  );

  it.each(["", "/", "::/129", "2001:db8::/-1", "10.2.0.0/255.255.255.0", " 10.2.0.0/24"])(
    "refuses %j",
    (text) => {
      expect(isCidr(text)).toBe(false);
    },
  );
});

it.each([
  ["10.2.0.0/24", true],
  ["10.2.0.5/24", false],
  ["10.2.0.5/32", true],
  ["2001:DB8:0::/32", true],
  ["2001:db8::1/32", false],
  ["office", false],
])("isNetwork(%s) is %s", (text, expected) => {
  expect(isNetwork(text)).toBe(expected);
});

it.each([
  ["10.2.0.5/24", "10.2.0.0/24"],
  ["10.2.0.0/24", "10.2.0.0/24"],
  ["10.255.255.255/0", "0.0.0.0/0"],
  ["2001:DB8:0:0::1/64", "2001:db8::/64"],
  ["::ffff:203.0.113.1/128", "::ffff:cb00:7101/128"],
])("maskedCidr writes the network of %s as %s", (text, masked) => {
  expect(maskedCidr(text)).toBe(masked);
});

it("maskedCidr leaves a text that is not a network unchanged", () => {
  expect(maskedCidr("office")).toBe("office");
});

it.each([
  ["10.1.0.0/16", "10.1.0.0 255.255.0.0", "10.1.0.0 0.0.255.255"],
  ["192.0.2.128/25", "192.0.2.128 255.255.255.128", "192.0.2.128 0.0.0.127"],
  ["0.0.0.0/0", "0.0.0.0 0.0.0.0", "0.0.0.0 255.255.255.255"],
  ["fd00::/64", "fd00::/64", "fd00::/64"],
  ["office", "office", "office"],
])("addressAndMask writes %s as %s, and with a wildcard as %s", (network, mask, wildcard) => {
  expect([addressAndMask(network), addressAndMask(network, true)]).toEqual([mask, wildcard]);
});

it("maskedCidr leaves a masked network unchanged", () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.nat(32), (address, prefix) => {
      const masked = maskedCidr(`${address}/${prefix}`);
      expect(maskedCidr(masked)).toBe(masked);
      expect(isNetwork(masked)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

it("canonicalAddress gives every notation of an IPv6 address the same result", () => {
  const writings = ["2001:DB8::1", "2001:db8:0:0:0:0:0:1", "2001:0db8::0001"];
  expect(new Set(writings.map(canonicalAddress))).toEqual(new Set(["2001:db8::1"]));
});

it.each(["203.0.113.1", "VPN.example.org", ""])("canonicalAddress leaves %j unchanged", (text) => {
  expect(canonicalAddress(text)).toBe(text);
});

it.each([
  ["10.2.0.0/24", 4],
  ["203.0.113.1", 4],
  ["2001:db8::/32", 6],
  ["::1", 6],
  ["office", undefined],
])("the IP version of %s is %s", (text, version) => {
  expect(ipVersion(text)).toBe(version);
});

describe("isPeerId", () => {
  it.each([
    "203.0.113.1",
    "2001:db8::1",
    "vpn.example.org",
    "office@example.org",
    "@office",
    "office",
    "key-17",
    "0xcafe",
    "C=JP/O=Office",
    "C=DE,O=Acme,CN=gw",
    "17",
    "v1.2",
    "1.2.3.4-office",
    "office::1",
    "::1-office",
    "@-",
  ])("accepts %s", (text) => {
    expect([isPeerId(text), isPeerIdOfK5(text)]).toEqual([true, true]);
  });

  it.each([
    "C=DE, O=Acme, CN=gw",
    "CN = gw",
    "/C=DE/O=Acme GmbH/CN=gw",
    "2.5.4.6=DE, CN=gw",
    "C=DE, E=admin@example.org, CN=gw",
    "C=DE, O=Acme, CN=198.51.100.7/24",
  ])("accepts the distinguished name %s, which K5 does not list", (text) => {
    expect([isPeerId(text), isPeerIdOfK5(text)]).toEqual([true, false]);
  });

  it.each([
    ["an empty string", ""],
    ["a space", "the office"],
    ["an end of line", "office\n"],
    ["a distinguished name with an end of line", "C=DE, CN=gw\n"],
    ["a distinguished name with whitespace at its end", "C=DE, CN=gw "],
    ["a distinguished name with whitespace at its beginning", " C=DE, CN=gw"],
    ["a distinguished name without a type", "the office = gw"],
    ["a network", "10.2.0.0/24"],
    ["a broken IPv4 address", "203.0.113.300"],
    ["a broken IPv6 address", "2001::db8::1"],
    ["an e-mail address without a host", "office@"],
    ["an e-mail address with a broken host", "office@-example"],
  ])("refuses %s", (_what, text) => {
    expect([isPeerId(text), isPeerIdOfK5(text)]).toEqual([false, false]);
  });
});

describe("overlap", () => {
  it.each([
    ["10.0.0.0/8", "10.2.0.0/24"],
    ["10.2.0.0/24", "10.0.0.0/8"],
    ["10.2.0.7/24", "10.2.0.0/25"],
    ["0.0.0.0/0", "203.0.113.0/24"],
    ["2001:db8::/32", "2001:DB8:1::/48"],
  ])("%s and %s share addresses", (left, right) => {
    expect(overlap(left, right)).toBe(true);
  });

  it.each([
    ["10.2.0.0/24", "10.2.1.0/24"],
    ["0.0.0.0/0", "::/0"],
    ["2001:db8::/64", "2001:db8:0:1::/64"],
    ["10.2.0.0", "10.2.0.0/24"],
    ["10.2.0.0/24", "10.2.0.0"],
    ["gateway", "gateway"],
  ])("%s and %s do not", (left, right) => {
    expect(overlap(left, right)).toBe(false);
  });
});

describe("isPrivateAddress", () => {
  it.each(["10.0.0.1", "172.31.0.1", "192.168.1.1", "100.64.0.1", "127.0.0.1", "169.254.0.1"])(
    "is true for %s",
    (text) => {
      expect(isPrivateAddress(text)).toBe(true);
    },
  );

  it.each(["fd00::1", "fe80::1", "::1"])("is true for %s", (text) => {
    expect(isPrivateAddress(text)).toBe(true);
  });

  it.each(["203.0.113.1", "8.8.8.8", "2001:4860:4860::8888", "vpn.example.org", "10.0.0.0/8", ""])(
    "is false for %j",
    (text) => {
      expect(isPrivateAddress(text)).toBe(false);
    },
  );
});
