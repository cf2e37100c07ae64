import { IconCheck, IconCopy } from '../icons.ts';
import { useState } from 'react';
import { useTexts } from '../i18n/useTexts.tsx';
import css from './Code.module.css';
import en from './texts.en.ts';

/** A SKU, bin, tracking or external number: never broken, copied by a click. */
export function Code({ children, isPlain = false }: { children: string; isPlain?: boolean }) {
  const t = useTexts(en);
  const [isCopied, setCopied] = useState(false);
  if (isPlain) return <bdi className="sy-code">{children}</bdi>;
  const copy = () => {
    void navigator.clipboard?.writeText(children).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    });
  };
  return (
    <button type="button" className={css.code} onClick={copy} title={t('copy')} aria-label={t('copyThis', { text: children })}>
      <bdi className="sy-code">{children}</bdi>
      {isCopied ? <IconCheck className={css.mark} aria-hidden /> : <IconCopy className={css.mark} aria-hidden />}
      <span className="sy-hidden" role="status">
        {isCopied ? t('copied') : ''}
      </span>
    </button>
  );
}
