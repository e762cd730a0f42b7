package table

import (
	"math"
	"strings"
	"time"
	_ "time/tzdata" // zones are the same on every machine
)

// parseTime reads a time as seconds since 1970 UTC: ISO 8601 (2008-12-11 04:42:14+00,
// 2020-04-14T12:00:00.5Z, with lone also 2020-04-14 and 20200414), or a layout of package
// time. zoned tells whether it names its zone; where it does not, it is one of zone (nil
// is UTC).
func parseTime(s, layout string, zone *time.Location, lone bool) (seconds float64, zoned, ok bool) {
	if zone == nil {
		zone = time.UTC
	}
	if layout != "" {
		t, err := time.ParseInLocation(layout, s, zone)
		if err != nil {
			return 0, false, false
		}
		zoned = strings.Contains(layout, "Z07") || strings.Contains(layout, "-07") || strings.Contains(layout, "MST")
		return since1970(t), zoned, true
	}
	c := clock{s: s}
	year, month := c.digits(4), 0
	dashed := c.take('-')
	month = c.digits(2)
	if dashed && !c.take('-') {
		return 0, false, false
	}
	day := c.digits(2)
	if c.bad || month < 1 || month > 12 || day < 1 || day > 31 {
		return 0, false, false
	}
	if c.s == "" {
		return since1970(time.Date(year, time.Month(month), day, 0, 0, 0, 0, zone)), false, lone
	}
	if !c.take('T') && !c.take(' ') && !c.take('t') {
		return 0, false, false
	}
	hour := c.digits(2)
	colon := c.take(':')
	minute, second, fraction := c.digits(2), 0, 0.0
	if colon && c.take(':') || !colon && c.s != "" && c.s[0] >= '0' && c.s[0] <= '9' {
		second = c.digits(2)
		if c.take('.') || c.take(',') {
			fraction = c.fraction()
		}
	}
	offset, zoned := c.zone()
	if c.bad || c.s != "" || hour > 24 || minute > 59 || second > 60 {
		return 0, false, false
	}
	if !zoned && zone != time.UTC {
		return since1970(time.Date(year, time.Month(month), day, hour, minute, second, 0, zone)) + fraction, false, true
	}
	at := float64(daysFrom1970(year, month, day))*86400 + float64(hour*3600+minute*60+second) + fraction
	return at - offset, zoned, true
}

// clock reads the parts of a time from its text.
type clock struct {
	s   string
	bad bool
}

func (c *clock) take(b byte) bool {
	if c.s == "" || c.s[0] != b {
		return false
	}
	c.s = c.s[1:]
	return true
}

func (c *clock) digits(n int) (v int) {
	if len(c.s) < n {
		c.bad = true
		return 0
	}
	for i := range n {
		if c.s[i] < '0' || c.s[i] > '9' {
			c.bad = true
			return 0
		}
		v = v*10 + int(c.s[i]-'0')
	}
	c.s = c.s[n:]
	return v
}

func (c *clock) fraction() (v float64) {
	for scale := 0.1; c.s != "" && c.s[0] >= '0' && c.s[0] <= '9'; scale /= 10 {
		v += scale * float64(c.s[0]-'0')
		c.s = c.s[1:]
	}
	return v
}

// zone reads Z or ±hh, ±hhmm, ±hh:mm as seconds east of UTC.
func (c *clock) zone() (offset float64, zoned bool) {
	c.s = strings.TrimPrefix(c.s, " ")
	if c.take('Z') || c.take('z') {
		return 0, true
	}
	sign := 1.0
	switch {
	case c.s == "":
		return 0, false
	case c.take('-'):
		sign = -1
	case !c.take('+'):
		c.bad = true
		return 0, false
	}
	h, m := c.digits(2), 0
	if c.take(':') || c.s != "" {
		m = c.digits(2)
	}
	return sign * float64(h*3600+m*60), true
}

// daysFrom1970 counts the days to a date of the Gregorian calendar (H. Hinnant,
// chrono-Compatible Low-Level Date Algorithms: years begin in March).
func daysFrom1970(year, month, day int) int {
	if month <= 2 {
		year--
	}
	era := int(math.Floor(float64(year) / 400))
	of := year - era*400
	dayOfYear := (153*((month+9)%12)+2)/5 + day - 1
	return era*146097 + of*365 + of/4 - of/100 + dayOfYear - 719468
}

func since1970(t time.Time) float64 { return float64(t.Unix()) + float64(t.Nanosecond())/1e9 }

// ParseTime reads a time of ISO 8601, in UTC where it names no zone, as seconds since 1970.
func ParseTime(s string) (float64, bool) {
	v, _, ok := parseTime(s, "", nil, true)
	return v, ok
}

// FormatTime writes seconds since 1970 by RFC 3339 in UTC.
func FormatTime(seconds float64) string { return Date(seconds, time.UTC).Format(time.RFC3339Nano) }

// Date is the moment of seconds since 1970, to the microsecond.
func Date(seconds float64, zone *time.Location) time.Time {
	return time.UnixMicro(int64(math.Round(seconds * 1e6))).In(zone)
}
