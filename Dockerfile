# One process, one volume. Set-up is that of dev.py; the image keeps what it made.
FROM python:3.13-slim
WORKDIR /srv/papershelf
COPY . .
RUN python3 dev.py install && rm -rf .tools/node node_modules /root/.cache
ENV PAPERSHELF_DATA_DIR=/data PAPERSHELF_HOST=0.0.0.0
VOLUME /data
EXPOSE 8000
CMD ["sh", "-c", ".venv/bin/papershelf db upgrade && exec .venv/bin/papershelf serve"]
