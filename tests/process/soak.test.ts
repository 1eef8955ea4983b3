import { growths } from "../support/harness/soak/memory";
import { soak, type SoakReport } from "../support/harness/soak/soak";

let report: SoakReport;

beforeAll(async () => {
  report = await soak({
    connections: 100,
    seconds: 10,
    tokenSeconds: 3,
    latencyMs: 2,
    sampleMs: 500,
    faults: 0.05,
    seed: 2,
    log: () => undefined,
  });
}, 180_000);

describe("a program of 100 connections in a cloud where every twentieth request fails", () => {
  it("meets many kinds of errors, changing statuses and expiring tokens", () => {
    const { faults, flaps, logins, rounds } = report;
    expect(Object.values(faults).filter((count) => count > 0).length).toBeGreaterThan(6);
    expect(flaps).toBeGreaterThan(50);
    expect(logins).toBeGreaterThan(3);
    expect(rounds).toBeGreaterThan(0);
  });

  it("shows no error to the user", () => {
    expect(report.errors).toEqual([]);
    expect(report.retries).toBeGreaterThan(20);
  });

  it("ends with a state that equals the cloud in every object and property", () => {
    expect(report.disagreements).toEqual([]);
  });

  it("prints no secret", () => {
    expect(report.isLeaked).toBe(false);
  });

  it("does not increase the memory of its process after the warm-up", () => {
    expect(report.samples.length).toBeGreaterThan(20);
    expect(growths(report.samples.slice(-20)).filter((one) => one.startsWith("heap"))).toEqual([]);
  });
});
