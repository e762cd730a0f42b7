package scene

import "github.com/invopop/jsonschema"

// StructSchema is the schema of a tagged struct, for types with several shapes that
// write one of them as a mapping.
func StructSchema(v any) *jsonschema.Schema { return structSchema(v, nil) }
