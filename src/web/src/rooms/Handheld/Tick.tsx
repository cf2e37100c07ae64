import { useEffect, useState } from 'react';
import css from './Handheld.module.css';

/** A green edge for a moment: the scan was right. */
export function Tick({ isOn }: { isOn: boolean }) {
  const [isShown, setIsShown] = useState(isOn);
  useEffect(() => {
    if (!isOn) return;
    const timer = setTimeout(() => setIsShown(false), 300);
    return () => clearTimeout(timer);
  }, [isOn]);
  return isShown ? <div className={css.tick} aria-hidden /> : null;
}
