// Command sdks writes the C# SDK of the provider plugin:
//
//	sdks SCHEMA FOLDER
//
// It writes to FOLDER/dotnet. The schema must be valid: the other program validates it. The generator for C# has left Pulumi's own module, so this program uses the last version
// that has it, in a Go module of its own.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"net/http"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi/pkg/v3/codegen/dotnet"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// logo answers the generator's request for a picture, so that it needs no network: with one that is transparent.
type logo struct{}

func (logo) RoundTrip(*http.Request) (*http.Response, error) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewNRGBA(image.Rect(0, 0, 64, 64))); err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(&picture)}, nil
}

func main() {
	http.DefaultTransport = logo{}
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: sdks SCHEMA FOLDER"))
	}
	if err := generate(os.Args[1], filepath.Join(os.Args[2], "dotnet")); err != nil {
		fail(fmt.Errorf("dotnet: %w", err))
	}
}

func generate(schemaPath, folder string) error {
	text, err := os.ReadFile(schemaPath)
	if err != nil {
		return err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return err
	}
	pkg, err := schema.ImportSpec(spec, map[string]schema.Language{"csharp": dotnet.Importer})
	if err != nil {
		return err
	}
	files, err := dotnet.GeneratePackage("pulumi-openai-certificates", pkg, nil, nil)
	if err != nil {
		return err
	}
	for name, content := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
