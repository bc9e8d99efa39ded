-- A title of words that every title has met half of the index of trigrams. Their words meet few, and stems beside.
create index item_words_title_words on work.item_words using gin (to_tsvector('english', title));
