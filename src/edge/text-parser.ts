import { Decoder, Encoder, type Packet, PacketType } from 'socket.io-parser';
import { jsonOf } from '../platform/shared-json.ts';

/** Nothing that is sent here is binary, so nothing is searched for it; answers may share parts. */
class TextEncoder extends Encoder {
  override encode(packet: Packet): string[] {
    const { type, nsp, id, data } = packet;
    if (type !== PacketType.ACK || nsp !== '/') return super.encode(packet);
    return [`${type}${id ?? ''}${jsonOf(data)}`];
  }
}

/** How Socket.IO's packets are written and read. */
export const textParser = { Encoder: TextEncoder, Decoder };
