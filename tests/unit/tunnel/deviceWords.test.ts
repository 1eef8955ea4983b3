import {
  valuesOf,
  wordOf,
  type AlgorithmType,
  type Dictionary,
  type Phase,
} from "../../../provider/tunnel/words";

type Words = Readonly<Record<AlgorithmType, readonly string[]>>;

const numbers = (...all: number[]) => all.map(String);
const GROUPS = numbers(1, 2, 5, 14, 15, 16, 19, 20, 21, 24);
const HASHES = ["sha1", "sha256", "sha384", "sha512"];
const ROUTEROS_GROUPS = ["768", "1024", "1536", "2048", "3072", "4096", "6144", "8192"]
  .map((bits) => `modp${bits}`)
  .concat("ecp256", "ecp384", "ecp521");

/** The choices of models of the vendors, or of other providers for their devices. */
const CHOICES: Readonly<Partial<Record<Dictionary, Readonly<Record<Phase, Words>>>>> = {
  // fortinet-ansible-dev, fortios_vpn_ipsec_phase1_interface and phase2_interface.
  fortios: {
    ike: {
      EncryptionAlgorithm: ["3des", "aes128", "aes192", "aes256", "aes128gcm", "aes256gcm"],
      AuthAlgorithm: HASHES,
      DhGroup: numbers(1, 2, 5, 14, 15, 16, 17, 18, 19, 20, 21, 27, 28, 29, 30, 31, 32),
    },
    esp: {
      EncryptionAlgorithm: ["3des", "aes128", "aes192", "aes256", "aes128gcm", "aes256gcm"],
      AuthAlgorithm: HASHES,
      DhGroup: numbers(1, 2, 5, 14, 15, 16, 17, 18, 19, 20, 21, 27, 28, 29, 30, 31, 32),
    },
  },
  // YangModels/yang, vendor/cisco/xe/1771/Cisco-IOS-XE-crypto.yang.
  "ios-xe": {
    ike: {
      EncryptionAlgorithm: [
        "3des",
        "aes-cbc-128",
        "aes-cbc-192",
        "aes-cbc-256",
        "aes-gcm-128",
        "aes-gcm-256",
      ],
      AuthAlgorithm: HASHES,
      DhGroup: GROUPS,
    },
    esp: {
      EncryptionAlgorithm: [
        "esp-3des",
        ...["esp-aes", "esp-gcm"].flatMap((one) => [128, 192, 256].map((bits) => `${one} ${bits}`)),
      ],
      AuthAlgorithm: ["sha", "sha256", "sha384", "sha512"],
      DhGroup: GROUPS,
    },
  },
  // Juniper/yang, 22.4R1.10, junos-es-conf-security; Juniper's CLI reference of 2024 adds sha-512 and group21.
  junos: {
    ike: {
      EncryptionAlgorithm: ["3des-cbc", "aes-128-cbc", "aes-192-cbc", "aes-256-cbc"],
      AuthAlgorithm: ["sha1", "sha-256", "sha-384", "sha-512"],
      DhGroup: GROUPS.map((one) => `group${one}`),
    },
    esp: {
      EncryptionAlgorithm: [
        "3des-cbc",
        ...[128, 192, 256].flatMap((bits) => [`aes-${bits}-cbc`, `aes-${bits}-gcm`]),
      ],
      AuthAlgorithm: ["hmac-sha1-96", "hmac-sha-256-128"],
      DhGroup: GROUPS.map((one) => `group${one}`),
    },
  },
  // terraform-routeros, resource_ip_ipsec_profile and resource_ip_ipsec_proposal.
  routeros: {
    ike: {
      EncryptionAlgorithm: ["3des", "aes-128", "aes-192", "aes-256"],
      AuthAlgorithm: ["sha1", "sha256", "sha512"],
      DhGroup: ROUTEROS_GROUPS,
    },
    esp: {
      EncryptionAlgorithm: [
        "3des",
        ...[128, 192, 256].flatMap((bits) =>
          ["cbc", "ctr", "gcm"].map((mode) => `aes-${bits}-${mode}`),
        ),
      ],
      AuthAlgorithm: ["sha1", "sha256", "sha512"],
      DhGroup: ROUTEROS_GROUPS,
    },
  },
};

describe.each(Object.entries(CHOICES))("the words of %s", (dictionary, choices) => {
  it.each(["ike", "esp"] as const)(
    "in phase %s are choices of its model, and none twice",
    (phase) => {
      for (const [type, known] of Object.entries(choices[phase])) {
        const words = valuesOf(type as AlgorithmType)
          .map(({ value }) => wordOf(dictionary as Dictionary, phase, type as AlgorithmType, value))
          .filter((word) => word !== undefined);
        expect(known).toEqual(expect.arrayContaining(words));
        expect(new Set(words).size).toBe(words.length);
      }
    },
  );
});
