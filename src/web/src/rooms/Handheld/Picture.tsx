import { useEffect, useState } from 'react';
import { IconPhoto } from '@house/icons.ts';
import { inStore } from '@house/offline/store.ts';
import css from './Handheld.module.css';

/** A product's picture, from the device where it was fetched with the tour. */
export function Picture({ url }: { url: string | null | undefined }) {
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    setShown(null);
    if (!url) return;
    let made: string | null = null;
    let isOver = false;
    inStore('pictures', 'readonly', (s) => s.get(url)).then(
      (blob) => {
        if (isOver) return;
        if (blob instanceof Blob) made = URL.createObjectURL(blob);
        setShown(made ?? url);
      },
      () => !isOver && setShown(url),
    );
    return () => {
      isOver = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [url]);
  if (!url || !shown) return <span className={css.noPicture}><IconPhoto size={32} aria-hidden /></span>;
  return <img className={css.picture} src={shown} alt="" onError={() => setShown(null)} />;
}
