package generate

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"github.com/goccy/go-yaml"
)

// jobAt is where a job of a batch has a key as file:line:column, as far as that is known.
func jobAt(file string, data []byte, job int, key string) string {
	p, err := yaml.PathString(fmt.Sprintf("$.jobs[%d].%s", job, key))
	if err != nil {
		return file
	}
	n, err := p.ReadNode(bytes.NewReader(data))
	if err != nil || n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return file
	}
	at := n.GetToken().Position
	return fmt.Sprintf("%s:%d:%d", file, at.Line, at.Column)
}

// badName refuses a name that is a path: a package is made in the folder that -o names, and
// nothing is written elsewhere. What a path would read in values of fields is replaced.
func badName(name string) error {
	if one := field.ReplaceAllString(name, "x"); fileName(one) == one {
		return nil
	}
	such := ""
	if last := fileName(path.Base(strings.ReplaceAll(name, `\`, "/"))); last != "" && !strings.ContainsAny(name, "{}") {
		such = ", such as " + last
	}
	return fmt.Errorf("%q is no name for a folder: the package is made in the folder of -o; give it a name without / \\ : * ? \" < > | and without dots and spaces at its ends%s", name, such)
}
