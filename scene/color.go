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
		if meant := meantColor(s); meant != "" {
			return Color{}, fmt.Errorf("%w: write %q", errColor, meant)
		}
		return Color{}, errColor
	}
	return Color(raw), nil
}

// basicColors are the sixteen names of HTML 4.01.
var basicColors = map[string]string{
	"black": "#000000", "silver": "#c0c0c0", "gray": "#808080", "grey": "#808080", "white": "#ffffff", "maroon": "#800000",
	"red": "#ff0000", "purple": "#800080", "fuchsia": "#ff00ff", "green": "#008000", "lime": "#00ff00", "olive": "#808000",
	"yellow": "#ffff00", "navy": "#000080", "blue": "#0000ff", "teal": "#008080", "aqua": "#00ffff", "orange": "#ffa500",
}

// meantColor is a color that is written in another way, as documents have it; "" where it is none.
func meantColor(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if c, ok := basicColors[s]; ok {
		return c
	}
	if !strings.HasPrefix(s, "#") {
		if _, err := ParseColor("#" + s); err == nil {
			return "#" + s
		}
	}
	var c Color
	c[3] = 255
	if n, _ := fmt.Sscanf(strings.NewReplacer(" ", "", "rgba", "rgb").Replace(s), "rgb(%d,%d,%d", &c[0], &c[1], &c[2]); n == 3 {
		return c.String()
	}
	return ""
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
