import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { IconSearch } from '@house/icons.ts';

/** Looks for something by its number or name when Enter is pressed. */
export function SearchBox({ label, value, onSearch }: { label: string; value: string; onSearch: (words: string) => void }) {
  const [words, setWords] = useState(value);
  return (
    <form
      role="search"
      onSubmit={(e) => {
        e.preventDefault();
        onSearch(words.trim());
      }}
    >
      <TextInput aria-label={label} placeholder={label} value={words} maxLength={200} dir="auto" onChange={(e) => setWords(e.currentTarget.value)} leftSection={<IconSearch size={16} aria-hidden />} />
    </form>
  );
}
