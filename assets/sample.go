package assets

import _ "embed"

// SampleScene is the scene of the sample city, beside the files that geo/sample makes.
//
//go:embed sample.yaml
var SampleScene []byte

// SampleTake is another of them: from outside the Galaxy to a table in a room.
//
//go:embed take.yaml
var SampleTake []byte
