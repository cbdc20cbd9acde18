// What a user would write instead of the resource: a script with the official client, whose retries stay at their
// defaults. Its argument is JSON: { activate, deactivate, projects, list, size }, with `size` ids in each call.
import OpenAI from "openai";

const { activate = [], deactivate = [], projects, list = false, size } = JSON.parse(process.argv[2]);
const { certificates, projects: projectsApi } = new OpenAI().admin.organization;

for (const project of projects ?? [undefined]) {
  for (const ids of chunksOf(activate)) await change("activate", project, ids);
  for (const ids of chunksOf(deactivate)) await change("deactivate", project, ids);
}
if (list) await certificates.list({ limit: 100 });

function change(action, project, ids) {
  const body = { certificate_ids: ids };
  return project === undefined ? certificates[action](body) : projectsApi.certificates[action](project, body);
}

function chunksOf(ids) {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) =>
    ids.slice(index * size, (index + 1) * size),
  );
}
