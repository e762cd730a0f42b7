package scene

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/invopop/jsonschema"
)

// Color is sRGB with straight alpha; in documents "#rgb", "#rrggbb" or "#rrggbbaa".
type Color [4]uint8

var errColor = errors.New("a color such as #2f80ed or #2f80ed80 is allowed")

// ParseColor reads a color.
func ParseColor(s string) (Color, error) {
	digits, ok := strings.CutPrefix(s, "#")
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	if len(digits) == 6 {
		digits += "ff"
	}
	raw, err := hex.DecodeString(digits)
	if !ok || err != nil || len(raw) != 4 {
		return Color{}, errColor
	}
	return Color(raw), nil
}

// String returns "#rrggbb", or "#rrggbbaa" where it is not opaque.
func (c Color) String() string {
	if c[3] == 255 {
		return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2])
	}
	return fmt.Sprintf("#%02x%02x%02x%02x", c[0], c[1], c[2], c[3])
}

// Mix returns the color a share f of the way to o, in sRGB.
func (c Color) Mix(o Color, f float64) Color {
	for i := range c {
		c[i] = uint8(math.Round(float64(c[i]) + (float64(o[i])-float64(c[i]))*f))
	}
	return c
}

// MarshalText is String.
func (c Color) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText is ParseColor.
func (c *Color) UnmarshalText(text []byte) error {
	v, err := ParseColor(string(text))
	if err == nil {
		*c = v
	}
	return err
}

// SceneSchema describes a color.
func (Color) SceneSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Format: "color", Pattern: colorPattern}
}

const colorPattern = `^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$`
