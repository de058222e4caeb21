package io.shardgrid.wire.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class LineScanTest {

  @Test
  void looksAtNoByteTwice() {
    LineScan scan = new LineScan(100);
    ByteBuf in = Unpooled.buffer().writeBytes(Fragments.bytes("abcd"));
    assertThat(scan.find(in)).isZero();
    in.setByte(1, '\n');
    assertThat(scan.find(in)).isZero();
    in.writeBytes(Fragments.bytes("e\nrest"));
    assertThat(scan.find(in)).isEqualTo(6);
  }

  @Test
  void findsTheEndAfterReadBytesWereDiscarded() {
    LineScan scan = new LineScan(100);
    ByteBuf in = Unpooled.buffer().writeBytes(Fragments.bytes("1234ab")).skipBytes(4);
    assertThat(scan.find(in)).isZero();
    in.discardReadBytes().writeBytes(Fragments.bytes("\r\n"));
    assertThat(scan.find(in)).isEqualTo(4);
  }

  @Test
  void seesNoEndBeyondTheLimit() {
    assertThat(new LineScan(4).find(Fragments.buffer("abc\n"))).isEqualTo(4);
    assertThatThrownBy(() -> new LineScan(4).find(Fragments.buffer("abcd\n")))
        .hasMessage("line is too long: inlineBytesMax=4, lineBytes>4");
  }
}
