package format

import (
	"fmt"
	"strings"
	"time"
)

// conversions of strftime that Go's layouts know.
var layouts = map[byte]string{
	'Y': "2006", 'y': "06", 'm': "01", 'd': "02", 'e': "_2", 'B': "January", 'b': "Jan", 'A': "Monday", 'a': "Mon",
	'H': "15", 'I': "03", 'M': "04", 'S': "05", 'p': "PM", 'Z': "MST", 'z': "-0700", 'j': "002", 'F': "2006-01-02", 'T': "15:04:05", 'R': "15:04",
}

// CheckDate refuses conversions that are not known.
func CheckDate(spec string) error {
	for i := 0; i < len(spec); i++ {
		if spec[i] != '%' {
			continue
		}
		i++
		if i == len(spec) || spec[i] != '%' && layouts[spec[i]] == "" {
			return fmt.Errorf("format %q: after %% one of Y y m d e B b A a H I M S p Z z j F T R %% is allowed", spec)
		}
	}
	return nil
}

// Date writes a date by strftime's conversions: "%d %B %Y, %H:%M".
func Date(t time.Time, spec string) string {
	var b strings.Builder
	for i := 0; i < len(spec); i++ {
		if spec[i] != '%' || i+1 == len(spec) {
			b.WriteByte(spec[i])
			continue
		}
		i++
		if l := layouts[spec[i]]; l != "" {
			b.WriteString(strings.TrimLeft(t.Format(l), " "))
		} else {
			b.WriteByte(spec[i])
		}
	}
	return b.String()
}

// Span writes seconds as a clock: 4:05, or 1:04:05 from an hour on.
func Span(seconds float64) string {
	s := int64(max(seconds, 0))
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
