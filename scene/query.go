package scene

import (
	"slices"
	"strings"
)

// queried lists the tables that an SQL query reads, in their order: names after FROM, JOIN and
// IN, and those with commas between them after FROM, but for what WITH defines. Columns,
// aliases, texts and comments of the same names are none.
func queried(sql string) []string {
	var tables, defined []string
	type clause struct {
		from, name   bool // after FROM; where the name of a table may stand
		with, define bool // after WITH; where a name is defined
	}
	open := []clause{{}} // by parenthesis
	words := append(sqlTokens(sql), "")
	for i, w := range words[:len(words)-1] {
		in, next := &open[len(open)-1], words[i+1]
		switch key := strings.ToUpper(w); {
		case key == "(":
			tables := in.name // or a query that stands for one
			in.name = false
			open = append(open, clause{from: tables, name: tables})
		case key == ")":
			if len(open) > 1 {
				open = open[:len(open)-1]
			}
		case key == ",":
			in.name, in.define = in.from, in.with
		case key == "WITH":
			in.with, in.define = true, true
		case key == "FROM" && i > 0 && strings.EqualFold(words[i-1], "DISTINCT"): // a comparison
		case key == "FROM" || key == "JOIN":
			in.from, in.name = true, true
		case key == "IN":
			in.name = next != "("
		case slices.Contains(endsFrom, key):
			*in = clause{}
		case in.define && key != "RECURSIVE":
			defined, in.define = append(defined, unquoted(w)), false
		case in.name && next != "." && key != ".":
			if in.name = false; next != "(" { // else a function that answers rows
				tables = append(tables, unquoted(w))
			}
		}
	}
	return slices.DeleteFunc(tables, func(t string) bool {
		return slices.ContainsFunc(defined, func(d string) bool { return strings.EqualFold(d, t) })
	})
}

// begins tells whether a query that only reads may begin with a word. PostgreSQL reads with TABLE,
// too, which SQLite has not.
func begins(word string, database bool) bool {
	return slices.ContainsFunc([]string{"SELECT", "WITH", "VALUES", "("}, func(w string) bool { return strings.EqualFold(w, word) }) ||
		database && strings.EqualFold(word, "TABLE")
}

// endsFrom are the words after which no table is named before the next FROM or JOIN.
var endsFrom = []string{"SELECT", "VALUES", "WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "UNION", "EXCEPT", "INTERSECT"}

// sqlTokens cuts a query into words, quoted names and texts, and single marks.
func sqlTokens(sql string) (out []string) {
	for i := 0; i < len(sql); {
		rest := sql[i:]
		n := 1
		switch b := sql[i]; {
		case strings.HasPrefix(rest, "--"):
			i += ended(rest, 2, "\n")
			continue
		case strings.HasPrefix(rest, "/*"):
			i += ended(rest, 2, "*/")
			continue
		case b == '[':
			n = ended(rest, 1, "]")
		case b == '"' || b == '`' || b == '\'':
			for n = ended(rest, 1, string(b)); n < len(rest) && rest[n] == b; { // a doubled quote is one of the name
				n += ended(rest[n:], 1, string(b))
			}
		case wordByte(b):
			for n < len(rest) && wordByte(rest[n]) {
				n++
			}
		case b <= ' ':
			i++
			continue
		}
		out = append(out, rest[:n])
		i += n
	}
	return out
}

// ended is where a text ends that begins with from bytes and has its end behind them.
func ended(s string, from int, end string) int {
	if k := strings.Index(s[from:], end); k >= 0 {
		return from + k + len(end)
	}
	return len(s)
}

func wordByte(b byte) bool {
	return b == '_' || b == '$' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80
}

// unquoted is a name without its quotes.
func unquoted(w string) string {
	if len(w) < 2 || !strings.ContainsRune("\"`['", rune(w[0])) {
		return w
	}
	q := w[:1]
	return strings.ReplaceAll(w[1:len(w)-1], q+q, q)
}
