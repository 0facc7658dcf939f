"""What searches weigh, uncompressed: `python -m bench.weights --data FOLDER`. Lists vary little, searches with what they find."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings

BAR = 60_000
"""Bytes of a page with 25 papers."""
_PAPERS = 25
_WORDS = [
    "视频生成",
    "三维重建",
    "大语言模型",
    "人脸",
    "说话人脸",
    "点云",
    "文本到图像生成",
    "神经辐射场",
    "实时渲染",
    "图像编辑",
    "虚拟人",
    "医学图像分割",
    "数据集",
    "方法",
    "的",
    "该方法在多个数据集上取得了最先进的性能",
    "video generation",
    "text to image",
    "reconstruction",
    "large language model",
    "3DGS",
    "model",
    "novel view synthesis",
    "talking head",
    "avatar",
    "control",
    "real-time rendering",
    "diffusion models for video generation",
]
_MORE: tuple[dict[str, str], ...] = ({}, {"page": "2"}, {"topic": "3DGS"})


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.weights", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a data folder that is there already")
    app = create_app(Settings(data_dir=parser.parse_args().data, page_size=_PAPERS))
    with TestClient(app) as client:
        found = sorted(_weights(client), reverse=True)
    heavy = sum(weight > BAR for weight, _ in found)
    print(
        f"{len(found)} searches with {_PAPERS} papers: half weigh {median(weight for weight, _ in found):,.0f} bytes or more,"
    )
    print(f"{heavy} more than {BAR:,}. The heaviest:")
    for weight, asked in found[:5]:
        print(f"- {weight:,} {asked}")


def _weights(client: TestClient) -> Iterator[tuple[int, str]]:
    for language in ("en", "zh"):
        for words in _WORDS:
            for more in _MORE:
                asked = {"q": words, **more}
                page = client.get(
                    "/papers", params=asked, headers={"Accept-Encoding": "identity", "Accept-Language": language}
                )
                if page.text.count('<article class="card"') == _PAPERS:
                    yield len(page.content), f"{language} {asked}"


if __name__ == "__main__":
    main()
