import { useEffect, useRef } from 'preact/hooks';

/** A line at the upper edge that shows how much of the article is read. */
export const Progress = () => {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const measure = () => {
      const article = document.querySelector('.article');
      if (!article || !ref.current) return;
      const { top, height } = article.getBoundingClientRect();
      const way = Math.max(height - innerHeight, 1);
      const part = Math.min(Math.max(-top / way, 0), 1);
      ref.current.style.setProperty('--read', String(part));
      // In the conversation it has nothing more to say.
      ref.current.classList.toggle('over', top + height < innerHeight / 2);
    };
    measure();
    addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure);
    return () => {
      removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
    };
  }, []);
  return <div ref={ref} class="reading-progress" aria-hidden="true" />;
};
