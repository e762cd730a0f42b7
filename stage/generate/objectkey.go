package generate

import "fmt"

// questions are what a block asks of its survey: they are kept apart from the result, under
// the name of what they depend on, so that the result can be named by the answers.
type questions struct {
	name  digest
	asks  []byte
	known bool
}

// objectKey begins the name of a layer's objects in a block: all but the ground and what
// the survey answers.
func (g *generation) objectKey(b *block, o *objectLayer) (key digester, asked questions, err error) {
	key = g.siteKey("objects", b)
	key.text(fmt.Sprint(b.address))
	key.digest(o.props)
	key.digest(b.lists[o.source.number].seen[o.sight])
	if err := g.nearKey(key, b, o.source, o.Survey); err != nil {
		return key, asked, err
	}
	if asked.known = o.Survey == nil || o.Asks == nil; !asked.known {
		name := newDigest("asks")
		name.digest(key.sum())
		asked.name = name.sum()
		asked.asks, asked.known = g.store.get(asked.name)
	}
	return key, asked, nil
}

// answered names a result by what the survey says to a block's questions, too. It writes
// to key: ask once.
func (o *objectLayer) answered(key digester, asked questions) (digest, error) {
	if o.Survey == nil || o.Asks == nil {
		return key.sum(), nil
	}
	answers, err := o.Answers(asked.asks)
	key.bytes(answers)
	return key.sum(), err
}
