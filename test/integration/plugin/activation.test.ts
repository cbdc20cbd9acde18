import { status } from "@grpc/grpc-js";
import { fromStruct } from "../../../provider/plugin/wire";
import { UNKNOWN } from "../../../provider/resource/resource";
import {
  calls,
  checked,
  DEFAULTS,
  DETAILS,
  emulator,
  initFailed,
  nextRun,
  ORGANIZATION,
  plugin,
  PROJECT,
  usePlugin,
  VALID,
} from "./fixture";
import type { RpcFailure } from "./fixture";

usePlugin();

describe("an activation", () => {
  test("has its inputs checked: sorted, without duplicates, with defaults, and compared with the API", async () => {
    expect(await checked(ORGANIZATION, { certificateIds: ["cert_b", "cert_a", "cert_b"] })).toEqual({
      certificateIds: ["cert_a", "cert_b"],
      ...DEFAULTS,
    });
    expect(calls()).toEqual({ list: 1 });
  });

  test("has each id that cannot be activated reported with its place", async () => {
    const { inputs, failures } = await plugin.check(
      ORGANIZATION,
      {},
      { certificateIds: ["cert_b", "cert_z"] },
    );
    expect(inputs).toMatchObject({ certificateIds: ["cert_b", "cert_z"] });
    expect(failures).toEqual([
      { property: "", reason: expect.stringContaining("certificateIds[1]: cert_z not found") as string },
    ]);
  });

  test("is created, compared, updated, read and deleted, with sorted lists in its state", async () => {
    const inputs = await checked(ORGANIZATION, { certificateIds: ["cert_b", "cert_a"] });
    const { id, properties } = await plugin.create(ORGANIZATION, inputs);
    expect(id).toBe("organization");
    expect(properties).toEqual({
      ...inputs,
      certificates: {
        cert_a: { name: "name of cert_a", active: true, ...DETAILS },
        cert_b: { name: "name of cert_b", active: true, ...DETAILS },
      },
      enforced: true,
      unmanagedActiveCertificateIds: [],
      earliestExpiresAt: VALID.expiresAt,
    });
    expect(await plugin.diff(ORGANIZATION, id, properties, inputs)).toMatchObject({
      changes: false,
      paths: [],
    });

    const news = { ...inputs, certificateIds: ["cert_b", "cert_c"] };
    expect(await plugin.diff(ORGANIZATION, id, properties, news)).toEqual({
      changes: true,
      replaces: [],
      diffs: ["certificateIds"],
      paths: ["certificateIds[0]", "certificateIds[1]"],
    });
    await nextRun();
    const updated = await plugin.update(ORGANIZATION, id, properties, news);
    expect(updated).toMatchObject({ certificateIds: ["cert_b", "cert_c"] });
    expect(emulator.activeIds()).toEqual(["cert_b", "cert_c"]);

    emulator.setActive("cert_c", false);
    expect(await plugin.read(ORGANIZATION, id, updated)).toMatchObject({
      id,
      inputs: { ...news, certificateIds: ["cert_b"] },
      properties: { certificateIds: ["cert_b"] },
    });
    await plugin.delete(ORGANIZATION, id, updated);
    expect(emulator.activeIds()).toEqual([]);
  });

  test("has every output unknown in the preview of a creation, and nothing is called", async () => {
    const inputs = await checked(ORGANIZATION, { certificateIds: ["cert_a"] });
    calls();
    expect((await plugin.create(ORGANIZATION, inputs, true)).properties).toEqual({
      ...inputs,
      certificates: UNKNOWN,
      enforced: UNKNOWN,
      unmanagedActiveCertificateIds: UNKNOWN,
      earliestExpiresAt: UNKNOWN,
    });
    expect(calls()).toEqual({});
  });

  test("keeps its outputs in the preview of an update that changes none of them", async () => {
    const inputs = await checked(ORGANIZATION, { certificateIds: ["cert_a"] });
    const { id, properties } = await plugin.create(ORGANIZATION, inputs);
    const later = { ...inputs, expiryWarningDays: 7 };
    expect(await plugin.update(ORGANIZATION, id, properties, later, true)).toEqual({
      ...properties,
      ...later,
    });
    const other = { ...inputs, certificateIds: ["cert_b"] };
    expect(await plugin.update(ORGANIZATION, id, properties, other, true)).toMatchObject({
      certificateIds: ["cert_b"],
      certificates: UNKNOWN,
    });
  });

  test("accepts ids that are not known in a preview", async () => {
    const inputs = await checked(ORGANIZATION, { certificateIds: ["cert_a", UNKNOWN] });
    expect(inputs).toEqual({ certificateIds: UNKNOWN, ...DEFAULTS });
    expect((await plugin.create(ORGANIZATION, inputs, true)).properties).toMatchObject(inputs);
  });

  test("of a project forces replacement when the project changes", async () => {
    const inputs = await checked(PROJECT, { projectId: "proj_a", certificateIds: ["cert_a"] });
    const { id, properties } = await plugin.create(PROJECT, inputs);
    expect(id).toBe("proj_a");
    expect(await plugin.diff(PROJECT, id, properties, { ...inputs, projectId: "proj_b" })).toEqual({
      changes: true,
      replaces: ["projectId"],
      diffs: ["projectId"],
      paths: ["projectId"],
    });
  });

  test("that stopped halfway is a partial failure, with what is real", async () => {
    emulator.seed(Array.from({ length: 10 }, (_, index) => ({ id: `cert_d${index}`, ...VALID })));
    const all = emulator.certificates.map(({ id }) => id);
    const inputs = await checked(ORGANIZATION, { certificateIds: all });
    emulator.faults.add({ endpoint: "activate", call: 2, kind: "status", status: 403 });
    const error = await plugin.create(ORGANIZATION, inputs).catch((thrown: unknown) => thrown as RpcFailure);
    const failed = initFailed(error as RpcFailure);
    expect(failed?.getId()).toBe("organization");
    expect(fromStruct(failed?.getProperties())["certificateIds"]).toEqual(emulator.activeIds());
    expect(failed?.getReasonsList()[0]).toContain("activate, chunk 2 of 2 in the organization failed");
  });

  test("that failed before any change has a status for that", async () => {
    const inputs = await checked(ORGANIZATION, { certificateIds: ["cert_a"] });
    emulator.faults.add({ endpoint: "activate", kind: "status", status: 403 });
    const error = await plugin.create(ORGANIZATION, inputs).catch((thrown: unknown) => thrown as RpcFailure);
    expect(error).toMatchObject({ code: status.FAILED_PRECONDITION });
    expect(initFailed(error as RpcFailure)).toBeUndefined();
  });
});
