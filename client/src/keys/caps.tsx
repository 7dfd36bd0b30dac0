import { Fragment } from 'preact';
import { takenOver } from '../pages/state.ts';
import { isApple } from './listen.ts';
import { printed } from './map.ts';
import './caps.css';

/** The keys of a shortcut, as they are printed on the keyboard. */
export const Caps = ({ keys }: { keys: string }) => (
  <span class="key-caps">
    {printed(keys, takenOver.value && isApple()).map((press, index) => (
      <Fragment key={index}>
        {index > 0 && ' then '}
        {press.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </Fragment>
    ))}
  </span>
);
