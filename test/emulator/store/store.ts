import { ApiError } from "../api/apiError";
import { isActive, withActive } from "../certificates/certificate";
import type { StoredCertificate } from "../certificates/certificate";
import { projectOf } from "./scope";
import type { Scope } from "./scope";
import { readState, writeState } from "./stateFile";

/** The certificates and projects of the emulated organization. */
export class Store {
  private readonly certificates = new Map<string, StoredCertificate>();
  private readonly projects: Set<string>;

  constructor(
    projects: readonly string[],
    private readonly stateFile: string | undefined,
  ) {
    const state = stateFile === undefined ? { projects: [], certificates: [] } : readState(stateFile);
    this.projects = new Set([...projects, ...state.projects]);
    for (const certificate of state.certificates) this.certificates.set(certificate.id, certificate);
  }

  all(): readonly StoredCertificate[] {
    return [...this.certificates.values()];
  }

  activeIn(scope: Scope): readonly StoredCertificate[] {
    return this.all().filter((certificate) => isActive(certificate, scope));
  }

  find(id: string, param: string | null = null): StoredCertificate {
    const certificate = this.certificates.get(id);
    if (certificate) return certificate;
    throw new ApiError(404, "certificate_not_found", `No certificate found with id '${id}'.`, param);
  }

  requireScope(scope: Scope): void {
    const project = projectOf(scope);
    if (project === undefined || this.projects.has(project)) return;
    throw new ApiError(404, "project_not_found", `No project found with id '${project}'.`, "project_id");
  }

  put(...certificates: readonly StoredCertificate[]): void {
    for (const certificate of certificates) this.certificates.set(certificate.id, certificate);
    this.save();
  }

  remove(id: string): void {
    this.certificates.delete(this.find(id).id);
    this.save();
  }

  setActive(ids: readonly string[], scope: Scope, active: boolean): void {
    this.put(...ids.map((id) => withActive(this.find(id), scope, active)));
  }

  addProjects(...projects: readonly string[]): void {
    for (const project of projects) this.projects.add(project);
    this.save();
  }

  removeProject(project: string): void {
    const active = this.activeIn({ project }).map(({ id }) => id);
    this.setActive(active, { project }, false);
    this.projects.delete(project);
    this.save();
  }

  private save(): void {
    if (this.stateFile === undefined) return;
    writeState(this.stateFile, { projects: [...this.projects], certificates: this.all() });
  }
}
