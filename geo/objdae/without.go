//go:build !g3n

package objdae

import "github.com/longtake/longtake/geo/tiles/glb"

func decode(Format, []byte, glb.Open) (*glb.Model, error) { return nil, ErrNotBuilt }
