import { writeSbom } from "./writeSbom";

/** Writes the software bill of materials: `npm run sbom`. */
writeSbom().then(
  (file) => {
    console.log(file);
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
