package sample

import (
	"bytes"
	"fmt"
	"math"
	"time"
)

// prices are the working days of a quarter at the harbour's exchange: first, greatest, least
// and last price, and how many shares were traded.
func (c *city) prices() []byte {
	var b bytes.Buffer
	b.WriteString("day,open,high,low,close,volume\n")
	last := 42.0
	day := time.Date(2026, 3, 2, 17, 30, 0, 0, time.UTC) // when the exchange closes
	for i := range 66 {
		swing := 0.012*math.Sin(float64(i)/7) + 0.05*(c.rnd.unit(i, 71)-0.47)
		open := last * (1 + 0.012*(c.rnd.unit(i, 72)-0.5))
		last = open * (1 + swing)
		high := max(open, last) * (1 + 0.018*c.rnd.unit(i, 73))
		low := min(open, last) * (1 - 0.018*c.rnd.unit(i, 74))
		volume := 12000 + int(30000*c.rnd.unit(i, 75)*(1+20*math.Abs(swing)))
		fmt.Fprintf(&b, "%s,%.2f,%.2f,%.2f,%.2f,%d\n", day.Format(time.RFC3339), open, high, low, last, volume)
		if day = day.AddDate(0, 0, 1); day.Weekday() == time.Saturday {
			day = day.AddDate(0, 0, 2)
		}
	}
	return b.Bytes()
}
